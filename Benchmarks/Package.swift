// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
let recorder: [Target.Dependency] = [
    "CallRecording", "CallRecordingDirectory", "CallRecordingMP3", "CallRecordingSockets",
]
.map { .product(name: $0, package: "call-recording") }
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "call-recording-benchmarks",
    platforms: [.macOS("26.0")],
    dependencies: [
        .package(name: "call-recording", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    ],
    targets: [
        // Counts what is allocated, by standing in for malloc. Not in CallsToFiles, whose malloc is the system's.
        .target(name: "Allocations", path: "Allocations"),
        // What recording cannot be had for less than.
        .target(name: "BareRecorder", path: "BareRecorder"),
        .executableTarget(
            name: "CallsToFiles", dependencies: recorder + [arguments, "BareRecorder"], path: "CallsToFiles",
            swiftSettings: settings),
        // libsrtp2 alone, which the adapter is held to.
        .target(name: "BareSRTP", path: "BareSRTP", linkerSettings: [.linkedLibrary("srtp2")]),
        .executableTarget(
            name: "MediaPackets",
            dependencies: [
                .product(name: "CallRecording", package: "call-recording"),
                .product(name: "CallRecordingSRTP", package: "call-recording"), arguments, "Allocations", "BareSRTP",
            ], path: "MediaPackets", swiftSettings: settings),
        .executableTarget(
            name: "PlanePackets", dependencies: recorder + [arguments, "Allocations"], path: "PlanePackets",
            swiftSettings: settings),
        .executableTarget(
            name: "MSMLDocuments",
            dependencies: [.product(name: "CallRecording", package: "call-recording"), arguments],
            path: "MSMLDocuments", swiftSettings: settings),
        .executableTarget(
            name: "TLibFrames",
            dependencies: [.product(name: "CallRecording", package: "call-recording"), arguments], path: "TLibFrames",
            swiftSettings: settings),
        // The reference of SIPMessages: Debian's libsofia-sip-ua-dev.
        .systemLibrary(
            name: "CSofiaSIP", path: "CSofiaSIP", pkgConfig: "sofia-sip-ua", providers: [.apt(["libsofia-sip-ua-dev"])]),
        .target(name: "Sofia", dependencies: ["CSofiaSIP"], path: "Sofia"),
        .executableTarget(
            name: "SIPMessages",
            dependencies: [
                .product(name: "CallRecording", package: "call-recording"), arguments, "Allocations", "Sofia",
            ],
            path: "SIPMessages", exclude: ["Messages"], swiftSettings: settings),
    ]
)

// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "call-recording-benchmarks",
    platforms: [.macOS("26.0")],
    dependencies: [
        .package(name: "call-recording", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    ],
    targets: [
        .executableTarget(
            name: "CallsToMP3",
            dependencies: [
                .product(name: "CallRecording", package: "call-recording"),
                .product(name: "CallRecordingDirectory", package: "call-recording"),
                .product(name: "CallRecordingMP3", package: "call-recording"),
                .product(name: "CallRecordingSockets", package: "call-recording"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "CallsToMP3",
            swiftSettings: [
                .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error),
            ]
        )
    ]
)

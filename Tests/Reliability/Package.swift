// swift-tools-version: 6.2
import PackageDescription

let swift6: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "call-recording-reliability",
    platforms: [.macOS("26.0")],
    dependencies: [
        .package(name: "call-recording", path: "../.."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    ],
    targets: [
        .executableTarget(
            name: "Soak",
            dependencies: ["", "Embedded", "NIO", "Sockets", "Testing"].map {
                .product(name: "CallRecording\($0)", package: "call-recording")
            } + [.product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Soak", swiftSettings: swift6)
    ]
)

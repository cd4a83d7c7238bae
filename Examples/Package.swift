// swift-tools-version: 6.2
import PackageDescription

let swift6: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "call-recording-examples",
    platforms: [.macOS("26.0")],
    products: [
        .executable(name: "CallHarness", targets: ["CallHarness"]),
        .executable(name: "recording-node", targets: ["RecordingNode"]),
        .executable(name: "tlib", targets: ["TLibTool"]),
        .executable(name: "sip-echo", targets: ["SIPEcho"]),
        .executable(name: "BringYourOwnStorage", targets: ["BringYourOwnStorage"]),
        .executable(name: "BringYourOwnTransport", targets: ["BringYourOwnTransport"]),
    ],
    dependencies: [
        .package(name: "call-recording", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "CallHarness",
            dependencies: [
                recording(""), recording("Embedded"), recording("HTTPServer"), recording("MP3"), recording("NIO"),
                recording("Sockets"), recording("Testing"), recording("WAV"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "CallHarness",
            resources: [.copy("Speech")],
            swiftSettings: swift6
        ),
        .executableTarget(
            name: "RecordingNode",
            dependencies: [
                recording(""), recording("Embedded"), recording("HTTPServer"), recording("Logging"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            path: "RecordingNode",
            exclude: ["recording-node.yaml"],
            swiftSettings: swift6
        ),
        .executableTarget(
            name: "TLibTool",
            dependencies: [
                recording(""), recording("NIO"), .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "TLibTool",
            swiftSettings: swift6
        ),
        .executableTarget(
            name: "SIPEcho",
            dependencies: [
                recording(""), recording("NIO"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "SIPEcho",
            swiftSettings: swift6
        ),
        example("BringYourOwnStorage"),
        example("BringYourOwnTransport"),
    ]
)

func recording(_ adapter: String) -> Target.Dependency {
    .product(name: "CallRecording\(adapter)", package: "call-recording")
}

func example(_ name: String) -> Target {
    .executableTarget(
        name: name,
        dependencies: [
            recording(""), recording("Embedded"), recording("NIO"), recording("Sockets"), recording("Testing"),
        ],
        path: name,
        swiftSettings: swift6
    )
}

// swift-tools-version: 6.2
import PackageDescription

let swift6: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
let safe: [SwiftSetting] = swift6 + [.strictMemorySafety()]

// Read Sources/ from top to bottom: after the adapters and the core, its folders are the path of a call.

let stages: [Target] =
    stage(
        "Control",
        [
            "TLib": ["CallCore"],
            "RecordingControl": ["CallCore"],
        ]
    )
    + stage(
        "Dialog",
        [
            "SDP": ["CallCore"],
            "SIP": ["CallCore"],
            "MSML": ["CallCore", "CallXML"],
            "SIPServer": ["RecordingControl", "RecordingStorage", "TLib", "SIP", "SDP", "MSML"],
            "ResourceManager": ["SIP"],
        ]
    )
    + stage(
        "Media",
        [
            "RTP": ["CallCore"],
            "CallAudio": ["CallCore"],
            "CaptureJournal": ["RTP"],
            "MediaControlPlatform": [
                "SIP", "SDP", "MSML", "RTP", "CallAudio", "CaptureJournal", "RecordingStorage", "RecordingAPI",
            ],
        ]
    )
    + stage(
        "Processing",
        [
            "RecordingProcessor": ["RecordingStorage", "RecordingAPI"],
            "InteractionReceiver": ["RecordingStorage", "RecordingAPI"],
        ]
    )
    + stage(
        "Storage",
        [
            "RecordingStorage": ["CallCore"]
        ]
    )
    + stage(
        "Web",
        [
            "HTTPMessaging": [
                "CallCore", "RecordingStorage", .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            "RecordingAPI": ["HTTPMessaging"],
            "RecordingWebServices": ["RecordingAPI", "RecordingStorage"],
            "Playback": ["RecordingAPI"],
        ]
    )

let core = [
    module("CallCore", uses: []),
    module("CallXML", uses: ["CallCore"]),
    module("CallRecording", uses: stages.map { .target(name: $0.name) }),
]

// Third-party code and system calls enter here, and nowhere else.
let adapters: [Target] = [
    adapter("Crypto", ["CallCore", .product(name: "Crypto", package: "swift-crypto")]),
    adapter("Directory", ["RecordingStorage", "CaptureJournal", "CallAudio"]),
    adapter(
        "Embedded",
        [
            "CallRecording", "CallRecordingCrypto", "CallRecordingDirectory", "CallRecordingMP3", "CallRecordingNIO",
            "CallRecordingSQLite",
            "CallRecordingSockets",
        ]
    ),
    adapter(
        "HTTPServer",
        [
            "HTTPMessaging", .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
        ]
    ),
    adapter("InProcess", ["RecordingStorage", "CaptureJournal", "SIP", "TLib", "RTP", "HTTPMessaging"]),
    adapter(
        "Logging",
        [
            "CallCore", .product(name: "Logging", package: "swift-log"),
            .product(name: "Metrics", package: "swift-metrics"),
        ]
    ),
    adapter("MP3", ["CallAudio", "CLAME"]),
    adapter(
        "NIO",
        [
            "SIP", "TLib", .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOTLS", package: "swift-nio"),
        ]
    ),
    adapter(
        "NIOTLS",
        [
            "CallRecordingNIO", "SIP", .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ]
    ),
    adapter("Opus", ["CallAudio", "COpus"]),
    adapter("Sockets", ["RTP", "CSockets"]),
    adapter("SRTP", ["RTP", "CSRTP"]),
    adapter("SQLite", ["RecordingStorage", .product(name: "GRDB", package: "GRDB.swift")]),
    adapter("Testing", ["CallRecording", "CallRecordingInProcess"]),
    adapter("WAV", ["CallAudio", "CSndFile"]),
]

let cModules: [Target] = [
    .systemLibrary(
        name: "CLAME", path: "Sources/Adapters/CLAME", providers: [.apt(["libmp3lame-dev"]), .brew(["lame"])]),
    .systemLibrary(
        name: "COpus", path: "Sources/Adapters/COpus", providers: [.apt(["libopus-dev"]), .brew(["opus"])]),
    .systemLibrary(
        name: "CSndFile", path: "Sources/Adapters/CSndFile",
        providers: [.apt(["libsndfile1-dev"]), .brew(["libsndfile"])]),
    .systemLibrary(
        name: "CSRTP", path: "Sources/Adapters/CSRTP", providers: [.apt(["libsrtp2-dev"]), .brew(["srtp"])]),
    .target(name: "CSockets", path: "Sources/Adapters/CSockets"),
]

let package = Package(
    name: "call-recording",
    platforms: [.macOS("26.0")],
    products: [.library(name: "CallRecording", targets: core.map(\.name) + stages.map(\.name))]
        + adapters.map { .library(name: $0.name, targets: [$0.name]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    ],
    targets: core + stages + adapters + cModules + [
        tests("Control", of: "TLib", uses: ["TestSupport"]),
        tests("Control", of: "RecordingControl", uses: ["CallRecordingTesting"]),
        .target(name: "TestSupport", dependencies: ["CallCore"], path: "Tests/Support", swiftSettings: swift6),
        tests("Dialog", of: "SDP", uses: ["TestSupport"]),
        tests("Dialog", of: "SIP", uses: ["TestSupport"]),
        tests("Dialog", of: "MSML", uses: ["TestSupport"]),
        tests("Dialog", of: "SIPServer", uses: ["CallRecordingTesting"]),
        tests("Dialog", of: "ResourceManager", uses: ["TestSupport"]),
        tests("Media", of: "RTP", uses: ["TestSupport"]),
        tests("Media", of: "CallAudio"),
        tests("Media", of: "CaptureJournal", uses: ["CallRecordingCrypto", "CallRecordingInProcess", "TestSupport"]),
        tests(
            "Media", of: "MediaControlPlatform",
            uses: ["CallRecordingCrypto", "CallRecordingInProcess", "CallRecordingTesting"]),
        tests("Processing", of: "RecordingProcessor", uses: ["CallRecordingInProcess"]),
        tests("Processing", of: "InteractionReceiver", uses: ["CallRecordingInProcess"]),
        tests(
            "Storage", of: "RecordingStorage",
            uses: ["CallRecordingCrypto", "CallRecordingInProcess", "CallRecordingTesting", "TestSupport"]),
        tests("Web", of: "HTTPMessaging"),
        tests("Web", of: "RecordingAPI"),
        tests("Web", of: "RecordingWebServices", uses: ["CallRecordingInProcess"]),
        tests("Web", of: "Playback"),
        tests("Adapters", of: "CallRecordingCrypto", uses: ["SIP"]),
        tests("Adapters", of: "CallRecordingDirectory", uses: ["CallRecordingCrypto", "CallRecordingTesting"]),
        tests("Adapters", of: "CallRecordingHTTPServer"),
        tests("Adapters", of: "CallRecordingInProcess", uses: ["CallRecordingTesting"]),
        tests("Adapters", of: "CallRecordingLogging", uses: [.product(name: "Logging", package: "swift-log")]),
        tests("Adapters", of: "CallRecordingMP3"),
        tests(
            "Adapters", of: "CallRecordingNIO",
            uses: [
                "CallRecordingNIOTLS",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ]),
        tests("Adapters", of: "CallRecordingOpus", uses: ["COpus"]),
        tests("Adapters", of: "CallRecordingSockets"),
        tests(
            "Adapters", of: "CallRecordingSRTP",
            uses: [
                "MediaControlPlatform", "CaptureJournal", "SDP", "SIP", "CallRecordingInProcess",
                "CallRecordingSockets", "TestSupport",
            ]),
        tests("Adapters", of: "CallRecordingTesting"),
        tests("Adapters", of: "CallRecordingSQLite", uses: ["CallRecordingTesting"]),
        tests("Adapters", of: "CallRecordingWAV"),
        tests(named: "CallCoreTests", at: "Tests/CallCoreTests", uses: ["CallCore"]),
        tests(named: "CallXMLTests", at: "Tests/CallXMLTests", uses: ["CallXML", "TestSupport"]),
        tests(
            named: "SimulationTests", at: "Tests/Simulation", uses: ["CallRecordingTesting", "CallRecordingInProcess"]),
        // Stands in for malloc in the program of all tests; counts nothing unless it is asked to.
        .target(name: "Allocations", path: "Tests/AllocationCounter"),
        tests(named: "AllocationTests", at: "Tests/Allocations", uses: ["MediaControlPlatform", "Allocations"]),
        tests(named: "ArchitectureTests", at: "Tests/Architecture", uses: []),
        tests(
            named: "CallPathTests", at: "Tests/CallPath",
            uses: [
                "CallRecording", "CallRecordingEmbedded", "CallRecordingHTTPServer", "CallRecordingMP3",
                "CallRecordingNIO",
                "CallRecordingSockets", "CallRecordingTesting", "CallRecordingWAV",
            ]),
    ]
)

func module(_ name: String, uses: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: uses, swiftSettings: safe)
}

func stage(_ stage: String, _ modules: KeyValuePairs<String, [Target.Dependency]>) -> [Target] {
    modules.map {
        .target(name: $0.key, dependencies: $0.value, path: "Sources/\(stage)/\($0.key)", swiftSettings: safe)
    }
}

func adapter(_ name: String, _ uses: [Target.Dependency]) -> Target {
    .target(
        name: "CallRecording\(name)", dependencies: uses, path: "Sources/Adapters/\(name)", swiftSettings: swift6)
}

func tests(_ stage: String, of module: String, uses: [Target.Dependency] = []) -> Target {
    tests(named: "\(module)Tests", at: "Tests/\(stage)/\(module)Tests", uses: [.target(name: module)] + uses)
}

func tests(named name: String, at path: String, uses: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: uses, path: path, swiftSettings: swift6)
}

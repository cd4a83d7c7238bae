// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "linkage",
    platforms: [.macOS("26.0")],
    dependencies: [.package(name: "call-recording", path: "../..")],
    targets: [
        .executableTarget(
            name: "LinkageCheck",
            dependencies: [.product(name: "CallRecording", package: "call-recording")]
        )
    ]
)

import Testing

/// The rules of Documentation/Design.md that can be read off the sources.
@Suite struct ArchitectureTests {
    @Test func `the sources are found`() {
        #expect(SourceTree.core.count > 60)
        #expect(
            Set(SourceTree.core.map(\.module))
                == SourceTree.words.union(SourceTree.ports).union(SourceTree.wires)
                .union(SourceTree.journal).union(SourceTree.boxes).union(["CallRecording"]))
    }

    @Test func `outside the adapters nothing imports a package but HTTPTypes, and Foundation comes in at two places`() {
        let own = Set(SourceTree.core.map(\.module))
        for file in SourceTree.core {
            for (module, line) in file.imports where !own.contains(module) {
                let allowed: Bool =
                    switch module {
                    case "Synchronization": true
                    case "HTTPTypes": true
                    // The compiler's own names of instructions.
                    case "_Builtin_intrinsics": file.path == "Sources/Dialog/SIP/Headers/ByteBlock.swift"
                    case "FoundationEssentials": file.stage == "Web" || file.stage == "Processing"
                    case "FoundationXML", "Foundation": file.module == "CallXML"
                    case "Glibc", "Darwin": file.path == "Sources/CallRecording/SystemClock.swift"
                    default: false
                    }
                #expect(allowed, "\(file):\(line) imports \(module)")
            }
        }
    }

    @Test func `words, ports and wires know only words, ports and wires`() {
        let allowed = SourceTree.words.union(SourceTree.ports).union(SourceTree.wires)
        let lower = allowed.union(SourceTree.journal)
        for file in SourceTree.core where lower.contains(file.module) {
            for (module, line) in file.imports where Set(SourceTree.core.map(\.module)).contains(module) {
                #expect(allowed.contains(module), "\(file):\(line) imports \(module)")
            }
        }
    }

    @Test func `a box never imports a box`() {
        for file in SourceTree.core where SourceTree.boxes.contains(file.module) {
            for (module, line) in file.imports where module != file.module {
                #expect(!SourceTree.boxes.contains(module), "\(file):\(line) imports \(module)")
            }
        }
    }

    @Test func `codecs and machines have no clock, task, lock or randomness`() {
        let shells: Set = ["TClient.swift", "MediaTransport.swift", "SIPResolver.swift"]
        let machines = SourceTree.core.filter { file in
            let isMachine = file.code.contains { $0.text.contains(": StateMachine") }
            // HTTPMessaging holds ports, whose services and exchanges are asynchronous.
            return (SourceTree.wires.subtracting(["HTTPMessaging"]).contains(file.module) || isMachine)
                && !shells.contains(file.path.split(separator: "/").last.map(String.init) ?? "")
        }
        #expect(machines.count > 30)
        let forbidden =
            /\basync\b|\bawait\b|\bTask\b|\bMutex\b|[cC]lock(?:\(\))?\.now\b|\.random\(|SystemRandomNumberGenerator|\bactor\b/
        for file in machines {
            for (text, line) in file.code where !text.hasPrefix("///") {
                #expect(text.firstMatch(of: forbidden) == nil, "\(file):\(line): \(text)")
            }
        }
    }

    @Test func `bytes from a peer never end the process`() {
        let forbidden = /\btry!|\bas!|fatalError\(|preconditionFailure\(|\bassert\(|\bunowned\b/
        for file in SourceTree.files {
            for (text, line) in file.code {
                #expect(text.firstMatch(of: forbidden) == nil, "\(file):\(line): \(text)")
            }
        }
    }

    @Test func `whoever steps outside what the compiler checks says why it is safe`() {
        for file in SourceTree.files {
            for (text, line) in file.code
            where text.contains("@unchecked Sendable") || text.contains("nonisolated(unsafe)") {
                let above = file.lines[max(0, line - 4)..<line]
                #expect(above.contains { $0.contains("//") }, "\(file):\(line): \(text)")
            }
        }
    }

    @Test func `a file is one idea and fits the head`() {
        for file in SourceTree.files where !file.path.hasSuffix("Table.swift") {
            #expect(file.lines.count <= 500, "\(file) has \(file.lines.count) lines")
        }
    }

    @Test func `the sources speak of the product alone`() {
        let forbidden = /\bTODO\b|\bFIXME\b|\bXXX\b|\/work\/|\/root\//
        for file in SourceTree.files {
            for (index, line) in file.lines.enumerated() {
                #expect(line.firstMatch(of: forbidden) == nil, "\(file):\(index + 1): \(line)")
            }
        }
    }
}

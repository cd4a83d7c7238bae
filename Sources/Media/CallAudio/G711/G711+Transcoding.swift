extension G711 {
    /// The code of the other law that stands for the same sample, as nearly as that law can say it.
    public func transcode(_ code: UInt8) -> UInt8 { self.transcodingTable[Int(code)] }

    /// Turns codes of this law into those of the other: what a bridge between two such phones does.
    ///
    /// - Complexity: O(n); one table, no allocation. The space must be there.
    public func transcode(_ codes: Span<UInt8>, into others: inout OutputSpan<UInt8>) {
        let table = self.transcodingTable
        guard table.count == 256 else { return }
        for index in codes.indices { others.append(table[Int(codes[index])]) }
    }

    /// Turns codes of this law into those of the other where they stand.
    public func transcode(_ codes: inout MutableSpan<UInt8>) {
        let table = self.transcodingTable
        guard table.count == 256 else { return }
        for index in codes.indices { codes[index] = table[Int(codes[index])] }
    }

    private var transcodingTable: [UInt8] { self == .muLaw ? Self.aLawOfMuLaw : Self.muLawOfALaw }
}

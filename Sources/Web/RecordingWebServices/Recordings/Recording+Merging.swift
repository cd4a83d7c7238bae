private import CallCore
internal import RecordingStorage

extension Recording {
    /// This recording with what another account of the same call adds.
    ///
    /// Files with the same media id are the same file, and the newer account of it holds; its play name stays, since
    /// links to it may be out. Events that are told again are the same event. Merging the same again changes nothing.
    func merged(with other: Recording) -> Recording {
        var merged = self
        for file in other.mediaFiles {
            if let index = merged.mediaFiles.firstIndex(where: { $0.mediaID == file.mediaID }) {
                let playID = merged.mediaFiles[index].playID
                merged.mediaFiles[index] = file
                merged.mediaFiles[index].playID = playID
            } else {
                merged.mediaFiles.append(file)
            }
        }
        var known = Set(merged.eventHistory)
        for event in other.eventHistory where known.insert(event).inserted { merged.eventHistory.append(event) }
        // The sort is stable: what happened at the same moment stays in the order in which it was told.
        merged.eventHistory.sort { $0.occurredAt < $1.occurredAt }
        merged.startTime = min(self.startTime, other.startTime)
        merged.stopTime = max(self.stopTime, other.stopTime)
        for field in [\Recording.callerPhoneNumber, \.dialedPhoneNumber, \.callType, \.region]
        where !other[keyPath: field].isEmpty {
            merged[keyPath: field] = other[keyPath: field]
        }
        return merged
    }
}

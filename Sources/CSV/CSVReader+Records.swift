/// The fields of one row before anything is known of the columns.
struct CSVRecord {
    var line: Int
    var bytes: [UInt8] = []
    var ends: [Int] = []

    /// Whether there is nothing on the line.
    var isBlank: Bool { bytes.isEmpty && ends.count == 1 }
}

extension CSVReader {
    private enum State { case fieldStart, plain, quoted, quoteInQuoted, carriageReturn }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Reads one record; nil at the end of the file.
    ///
    /// What is wrong within a record is thrown after its end, so that the next call begins with the next record.
    mutating func readRecord() throws(CSVError) -> CSVRecord? {
        var record = CSVRecord(line: line)
        record.bytes.reserveCapacity(256)
        record.ends.reserveCapacity(max(header.names.count, 8))
        var state = State.fieldStart
        var quoteLine = line
        var problem: (CSVError.Problem, field: Int)?
        var seen: UInt8 = 0
        var isComplete = false
        var hasBegun = false
        var isTooLong = false

        while !isComplete {
            if position == buffer.count {
                guard try refill() else { break }
            }
            hasBegun = true
            buffer.withUnsafeBufferPointer { bytes in
                var index = position
                let end = bytes.count
                while index < end {
                    switch state {
                    case .quoted:
                        let start = index
                        while index < end, bytes[index] != Self.quote {
                            seen |= bytes[index]
                            if bytes[index] == Self.lineFeed { line += 1 }
                            index += 1
                        }
                        record.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
                        if index < end {
                            state = .quoteInQuoted
                            index += 1
                        }
                    case .plain, .fieldStart:
                        let start = index
                        while index < end {
                            let byte = bytes[index]
                            if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn
                                || byte == Self.quote
                            {
                                break
                            }
                            seen |= byte
                            index += 1
                        }
                        if index > start {
                            record.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
                            state = .plain
                        }
                        guard index < end else { break }
                        let byte = bytes[index]
                        index += 1
                        if byte == separator {
                            record.ends.append(record.bytes.count)
                            state = .fieldStart
                        } else if byte == Self.lineFeed {
                            isComplete = true
                        } else if byte == Self.carriageReturn {
                            state = .carriageReturn
                        } else if state == .fieldStart {
                            state = .quoted
                            quoteLine = line
                        } else {
                            problem = problem ?? (.strayQuote, record.ends.count)
                            record.bytes.append(byte)
                        }
                    case .quoteInQuoted:
                        let byte = bytes[index]
                        index += 1
                        if byte == Self.quote {
                            record.bytes.append(byte)
                            state = .quoted
                        } else if byte == separator {
                            record.ends.append(record.bytes.count)
                            state = .fieldStart
                        } else if byte == Self.lineFeed {
                            isComplete = true
                        } else if byte == Self.carriageReturn {
                            state = .carriageReturn
                        } else {
                            problem = problem ?? (.strayQuote, record.ends.count)
                            seen |= byte
                            record.bytes.append(byte)
                            state = .plain
                        }
                    case .carriageReturn:
                        if bytes[index] == Self.lineFeed {
                            index += 1
                        } else {
                            problem = problem ?? (.loneCarriageReturn, record.ends.count)
                        }
                        isComplete = true
                    }
                    if isComplete { break }
                }
                position = index
            }
            if record.bytes.count > limits.row {
                // The rest of the row is passed over without being kept; the next call begins with the next row.
                isTooLong = true
            }
            if isTooLong {
                record.bytes.removeAll(keepingCapacity: true)
                record.ends.removeAll(keepingCapacity: true)
            }
        }
        guard hasBegun else { return nil }
        if isTooLong {
            if state != .quoted { line += 1 }
            throw CSVError(file: name, line: record.line, problem: .rowTooLong(limit: limits.row))
        }
        if state == .quoted {
            let field = columnName(record.ends.count)
            throw end(CSVError(file: name, line: quoteLine, column: field, problem: .unclosedQuote))
        }
        if state == .carriageReturn, !isComplete { problem = problem ?? (.loneCarriageReturn, record.ends.count) }
        record.ends.append(record.bytes.count)
        line += 1
        if seen >= 0x80, let field = notUTF8(record) { problem = problem ?? (.notUTF8, field) }
        if let problem {
            throw CSVError(file: name, line: record.line, column: columnName(problem.field), problem: problem.0)
        }
        return record
    }

    /// Finds out what separates the fields of the first line, and passes over the byte order mark.
    mutating func findSeparator() throws(CSVError) {
        var head: [UInt8] = []
        repeat {
            guard try refill() else { break }
            head += buffer
        } while head.count < 3 || (!head.contains(Self.lineFeed) && head.count < limits.row)
        buffer = head
        position = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        if let foreign = CSVError.Problem.foreign(head) {
            throw end(CSVError(file: name, line: 1, problem: foreign))
        }
        var found: Set<UInt8> = []
        var isQuoted = false
        for byte in head[position...] {
            if byte == Self.quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == Self.lineFeed { break }
            found.insert(byte)
        }
        separator =
            [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].first(where: found.contains) ?? separator
    }

    /// Gets more bytes; false at the end of the file.
    private mutating func refill() throws(CSVError) -> Bool {
        guard !isAtEnd else { return false }
        let chunk: [UInt8]?
        do {
            chunk = try nextChunk()
        } catch {
            throw end(CSVError(file: name, line: 0, problem: .unreadable("\(error)")))
        }
        guard let chunk, !chunk.isEmpty else {
            isAtEnd = true
            return false
        }
        readBytes += chunk.count
        if readBytes > limits.file {
            throw end(CSVError(file: name, line: line, problem: .fileTooLong(limit: limits.file)))
        }
        buffer = chunk
        position = 0
        return true
    }

    /// Nothing is read after a final error.
    private mutating func end(_ error: CSVError) -> CSVError {
        isAtEnd = true
        position = buffer.count
        return error
    }

    private func columnName(_ field: Int) -> String? { field < header.names.count ? header.names[field] : nil }

    /// The first field that is not UTF-8, nil where all are.
    private func notUTF8(_ record: CSVRecord) -> Int? {
        // One look at all fields together is enough unless a character could reach from one field into the next.
        let starts = record.ends.dropLast()
        let isCut = starts.contains { $0 < record.bytes.count && record.bytes[$0] & 0xC0 == 0x80 }
        if !isCut, String(validating: record.bytes, as: UTF8.self) != nil { return nil }
        var start = 0
        for (field, end) in record.ends.enumerated() {
            if String(validating: record.bytes[start..<end], as: UTF8.self) == nil { return field }
            start = end
        }
        return nil
    }
}

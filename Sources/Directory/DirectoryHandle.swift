import CLDAP
import Foundation

/// How far below its base a search goes.
enum DirectoryScope: Int32, Sendable {
    /// The entry itself.
    case entry = 0
    /// The entry and all below it.
    case subtree = 2
}

/// One connection to a directory, over TLS and as ourselves; it ends with its value. Every call blocks, for seconds at most.
struct DirectoryHandle: ~Copyable {
    private let ldap: OpaquePointer
    private let seconds: Int32
    private let deadline: DirectoryDeadline

    /// What the library's handles share, prepared once. A connection that the other side has closed must not end the program.
    private static let isReady: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return shim_ldap_begin() == LDAP_OPT_SUCCESS
    }()

    private init(_ ldap: OpaquePointer, seconds: Int32) {
        self.ldap = ldap
        self.seconds = seconds
        // Twice what an operation may take: the library gives up before, where it does.
        deadline = DirectoryDeadline(ldap, seconds: 2 * seconds)
    }

    deinit {
        ldap_unbind_ext_s(ldap, nil, nil)
        deadline.end()
    }

    /// Opens a connection, begins TLS, and says who we are.
    static func open(_ server: DirectoryServer) throws(DirectoryFault) -> DirectoryHandle {
        var made: OpaquePointer?
        let status = isReady ? ldap_initialize(&made, server.address) : LDAP_LOCAL_ERROR
        guard status == LDAP_SUCCESS, let made else { throw fault(.address, status) }
        let handle = DirectoryHandle(made, seconds: server.seconds)
        guard FileManager.default.isReadableFile(atPath: server.authorityFile) else {
            throw DirectoryFault(step: .address, code: 0, reason: "\(server.authorityFile) cannot be read")
        }
        guard shim_ldap_prepare(made, server.seconds) == LDAP_OPT_SUCCESS,
            shim_ldap_require_tls(made, server.authorityFile) == LDAP_OPT_SUCCESS
        else { throw fault(.address, LDAP_LOCAL_ERROR) }
        if !server.address.lowercased().hasPrefix("ldaps://") {
            let status = ldap_start_tls_s(made, nil, nil)
            guard status == LDAP_SUCCESS else { throw fault(.connection, status) }
        }
        let bound = handle.bind(server.user ?? "", password: server.password ?? "")
        guard bound == LDAP_SUCCESS else { throw fault(bound < 0 ? .connection : .account, bound) }
        return handle
    }

    /// The entries below `base` that a filter finds.
    /// - Parameters:
    ///   - most: more are cut off without a word.
    ///   - missingIsEmpty: where `base` is not there, nothing was found; otherwise that is a fault.
    borrowing func search(
        _ base: String, _ scope: DirectoryScope, _ filter: String, _ attributes: [String], most: Int32,
        missingIsEmpty: Bool = false
    ) throws(DirectoryFault) -> [DirectoryEntry] {
        var names: [UnsafeMutablePointer<CChar>?] = attributes.map { strdup($0) } + [nil]
        defer { for name in names { free(name) } }
        var result: OpaquePointer?
        deadline.extend(seconds: 2 * seconds)
        let status = shim_ldap_search(ldap, base, scope.rawValue, filter, &names, seconds, most, &result)
        defer { ldap_msgfree(result) }
        switch status {
        case LDAP_SUCCESS, LDAP_SIZELIMIT_EXCEEDED: break
        case LDAP_NO_SUCH_OBJECT where missingIsEmpty: return []
        default: throw Self.fault(.search, status)
        }
        var found: [DirectoryEntry] = []
        var next = ldap_first_entry(ldap, result)
        while let entry = next {
            found.append(read(entry, attributes))
            next = ldap_next_entry(ldap, entry)
        }
        return found
    }

    /// Whether a password is that of an entry. After it the connection speaks in that entry's name.
    borrowing func proves(_ name: String, password: String) throws(DirectoryFault) -> Bool {
        guard !name.isEmpty, !password.isEmpty else { return false }
        deadline.extend(seconds: 2 * seconds)
        let status = bind(name, password: password)
        switch status {
        case LDAP_SUCCESS: return true
        // What a directory says of a wrong password, and of an entry that may not sign in by one, or not now.
        case LDAP_INVALID_CREDENTIALS, LDAP_INAPPROPRIATE_AUTH, LDAP_UNWILLING_TO_PERFORM, LDAP_CONSTRAINT_VIOLATION,
            LDAP_INSUFFICIENT_ACCESS, LDAP_NO_SUCH_OBJECT:
            return false
        default: throw Self.fault(.password, status)
        }
    }

    private borrowing func bind(_ name: String, password: String) -> Int32 {
        let secret = Array(password.utf8)
        return secret.withUnsafeBytes { bytes in
            shim_ldap_bind(ldap, name, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
        }
    }

    private borrowing func read(_ entry: OpaquePointer, _ attributes: [String]) -> DirectoryEntry {
        let name = ldap_get_dn(ldap, entry)
        defer { ldap_memfree(name) }
        var values: [String: [[UInt8]]] = [:]
        for attribute in attributes {
            guard let list = ldap_get_values_len(ldap, entry, attribute) else { continue }
            defer { ldap_value_free_len(list) }
            var all: [[UInt8]] = []
            var index = 0
            while let value = list[index] {
                all.append(Array(UnsafeRawBufferPointer(start: value.pointee.bv_val, count: Int(value.pointee.bv_len))))
                index += 1
            }
            values[attribute] = all
        }
        return DirectoryEntry(name: name.map { String(cString: $0) } ?? "", attributes: values)
    }

    private static func fault(_ step: DirectoryFault.Step, _ status: Int32) -> DirectoryFault {
        DirectoryFault(step: step, code: status, reason: String(cString: ldap_err2string(status)))
    }
}

/// An entry that a search has found.
struct DirectoryEntry: Sendable {
    /// Its distinguished name.
    let name: String
    fileprivate let attributes: [String: [[UInt8]]]

    fileprivate init(name: String, attributes: [String: [[UInt8]]]) {
        self.name = name
        self.attributes = attributes
    }

    /// The values of an attribute that was asked for.
    func values(_ attribute: String) -> [[UInt8]] { attributes[attribute] ?? [] }
}

import ArgumentParser
import CanonicalJSON
import Journal
import Proofs
import Signatures
import WebApp

/// `bailanys verify`.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a container of proofs: who reported what, when, and who confirms it.",
        discussion: """
            Needs no data folder, no network and no clock. Without the authorities it says whether the file is whole and \
            whose certificates signed; with them also that those are the ones you trust. Exit code 1 where anything is wrong.
            Example: bailanys verify report-2026-10.asice --authority ca.pem --receiver-authority agency-ca.pem
            """)
    @Argument(help: "The container, as “bailanys report container” writes it.") var file: String
    @Option(help: ArgumentHelp("PEM file of who vouches for the centre's signatures.", valueName: "file"))
    var authority: String?
    @Option(help: ArgumentHelp("PEM file of who vouches for the receiver's signatures.", valueName: "file"))
    var receiverAuthority: String?
    @Option(help: ArgumentHelp("PEM file of who vouches for the time stamps.", valueName: "file"))
    var stampAuthority: String?
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
        let output = StandardOutput()
        let bytes: [UInt8]
        do {
            bytes = try RegularFile.bytes(
                at: Folders.absolute(file), upTo: ProofContainer.sizeLimit, followsLinks: true)
        } catch {
            throw CommandFailure("\(error)", .notFound)
        }
        let check = ProofCheck(
            centre: try authority.map { try SignatureAuthority(file: Folders.absolute($0)) } ?? .anybody,
            receiver: try receiverAuthority.map { try SignatureAuthority(file: Folders.absolute($0)) } ?? .anybody,
            clock: try stampAuthority.map { try TimeStampAuthority(file: Folders.absolute($0)) } ?? .anybody)
        do throws(ProofRefusal) {
            let found = try await check.check(bytes)
            let words = ProofWords(
                found, isCentreKnown: authority != nil, isReceiverKnown: receiverAuthority != nil,
                isClockKnown: stampAuthority != nil)
            if json {
                output.line(JSON.object(words.members).text)
            } else {
                words.lines.forEach(output.line)
            }
        } catch {
            output.line(
                json
                    ? JSON.object(["isGood": .bool(false), "detail": .string(error.description)]).text
                    : "NOT PROVEN. \(error)")
            throw ExitCode(1)
        }
    }
}

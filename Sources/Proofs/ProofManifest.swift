import Crypto
import Foundation

/// The list of the parts with their digests (ETSI EN 319 162-1, ASiCManifest); what the packer signs.
enum ProofManifest {
    /// The list of these parts. There is one spelling, so that it is checked by writing it again.
    static func bytes(of parts: [(part: ProofPart, bytes: [UInt8])]) -> [UInt8] {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
              <asic:SigReference URI="\(ProofPart.manifestSignature.rawValue)" MimeType="\(ProofPart.manifestSignature.mediaType)"/>

            """
        for (part, bytes) in parts where part.isListed {
            let digest = Data(SHA256.hash(data: bytes)).base64EncodedString()
            text += """
                  <asic:DataObjectReference URI="\(part.rawValue)" MimeType="\(part.mediaType)">
                    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
                    <ds:DigestValue>\(digest)</ds:DigestValue>
                  </asic:DataObjectReference>

                """
        }
        text += "</asic:ASiCManifest>\n"
        return Array(text.utf8)
    }
}

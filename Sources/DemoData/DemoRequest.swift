import Onboarding
import WorkingDays

/// How far one information request of the demonstration has come: its steps, each so many working days ago.
struct DemoRequest: Sendable {
    /// A step that a demonstration records.
    enum Step: Sendable {
        case send, fail, receive, appoint, submit, submitPartly, enter, train, signCentre, signBody, live, cancel

        /// The hour of its day; steps of one day follow each other.
        fileprivate var hour: Int64 {
            switch self {
            case .receive, .live: 9
            case .send, .signCentre: 10
            case .train: 11
            case .signBody, .cancel, .fail: 12
            case .appoint: 15
            case .submit, .submitPartly: 16
            case .enter: 18
            }
        }
    }

    /// The planned day of the request, in working days before today.
    let planned: Int
    /// The steps in their order, each so many working days before today.
    let steps: [(ago: Int, step: Step)]

    init(_ planned: Int, _ steps: (Int, Step)...) {
        self.planned = planned
        self.steps = steps.map { (ago: $0.0, step: $0.1) }
    }

    /// The requests on their way, the earliest first: at every step one that waits, and at many one that is late.
    static let onTheirWay = [
        // Accepted: may be consulted on; has to wait until then.
        DemoRequest(
            29, (29, .send), (28, .receive), (26, .appoint), (23, .submit), (22, .enter), (18, .train),
            (15, .signCentre), (14, .signBody)),
        DemoRequest(
            26, (26, .send), (25, .receive), (24, .appoint), (21, .submit), (21, .enter), (17, .train),
            (16, .signCentre), (3, .signBody)),
        // Trained: the body has not signed; nobody has.
        DemoRequest(
            24, (24, .send), (23, .receive), (22, .appoint), (19, .submit), (19, .enter), (16, .train),
            (14, .signCentre)),
        DemoRequest(
            22, (22, .send), (21, .receive), (19, .appoint), (16, .submit), (15, .enter), (2, .train)),
        DemoRequest(20, (20, .send), (19, .receive), (12, .cancel)),
        // Entered: the training is late; is due.
        DemoRequest(19, (19, .send), (18, .receive), (17, .appoint), (14, .submit), (14, .enter)),
        // Appointed: the information is late.
        DemoRequest(16, (16, .send), (15, .receive), (14, .appoint)),
        // Submitted late, and not entered in time.
        DemoRequest(15, (15, .send), (14, .receive), (13, .appoint), (2, .submit)),
        // Returned as incomplete: long ago; yesterday.
        DemoRequest(13, (13, .send), (12, .receive), (11, .appoint), (8, .submitPartly)),
        DemoRequest(11, (11, .send), (10, .receive), (9, .appoint), (1, .submitPartly)),
        DemoRequest(10, (10, .send), (9, .receive), (8, .appoint), (5, .submit), (4, .enter)),
        // Received: nobody is appointed, and should be; a person appointed too late.
        DemoRequest(9, (9, .send), (8, .receive)),
        DemoRequest(6, (6, .send), (5, .receive), (2, .appoint)),
        // Sent: the sending failed; waits for its receipt.
        DemoRequest(5, (5, .send), (4, .fail)),
        DemoRequest(4, (4, .send)),
        DemoRequest(3, (3, .send), (1, .receive)),
        // Not sent, although its day is over.
        DemoRequest(2),
        DemoRequest(2, (2, .send)),
        DemoRequest(1, (1, .send)),
    ]

    /// A request of long ago that went all its way; every fourth body was late.
    static func accepted(_ planned: Int, line: Int) -> DemoRequest {
        var ago = planned
        func after(_ days: Int) -> Int {
            ago -= days
            return ago
        }
        let received = after(1)
        let appointed = after(line % 4 == 3 ? 4 : 1 + line % 2)
        let submitted = after(line % 7 == 5 ? 6 : 2 + line % 2)
        let trained = after(3 + line % 2)
        let signed = after(1)
        return DemoRequest(
            planned, (planned, .send), (received, .receive), (appointed, .appoint), (submitted, .submit),
            (submitted, .enter), (trained, .train), (signed, .signCentre), (signed, .signBody), (after(6), .live))
    }

    /// The steps as they are recorded, for a line about a card.
    /// - Parameter day: the day so many working days ago.
    func commands(
        line: String, card: String, zone: CivilZone, day: (Int) throws -> CivilDate
    ) throws -> [InformationRequestCommand] {
        try steps.map { ago, step in
            let at = zone.start(of: try day(ago)).adding(milliseconds: step.hour * 3_600_000)
            return step.command(line: line, card: card, at: at)
        }
    }
}

extension DemoRequest.Step {
    fileprivate func command(line: String, card: String, at: Moment) -> InformationRequestCommand {
        switch self {
        case .send: .send(RequestSent(number: "ДЕМО-\(line)", channel: "documentolog"), at: at)
        case .fail: .sendingFailed(StepNote(text: "ДЕМО: мекенжай қабылданбады / адрес не принят"), at: at)
        case .receive: .receive(RequestReceived(proof: "ДЕМО вх. \(line)"), at: at)
        case .appoint: .appoint(ResponsiblePersonAppointed(order: "ДЕМО бұйрық \(line)"), at: at)
        case .submit: .submit(InformationSubmitted(isSignedByHead: true, isComplete: true), at: at)
        case .submitPartly: .submit(InformationSubmitted(isSignedByHead: true, isComplete: false), at: at)
        case .enter: .enter(InformationEntered(card: card, edition: 1), at: at)
        case .train: .train(StepNote(text: "ДЕМО"), at: at)
        case .signCentre: .sign(ProtocolSigned(side: .centre, position: "ДЕМО"), at: at)
        case .signBody: .sign(ProtocolSigned(side: .body, position: "ДЕМО"), at: at)
        case .live: .goLive(at: at)
        case .cancel: .cancel(StepNote(text: "ДЕМО: қызмет көрсетілмейді / услуга не оказывается"), at: at)
        }
    }
}

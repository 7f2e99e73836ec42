import Accounts

extension Routes {
    /// What an operator does during a call besides searching and reading.
    static var calls: [Route] {
        [
            .get(.pop, .needs(.recordContacts), CallActions.pop),
            .post(.searchOpened, .needs(.readCards), check: .origin, bodyLimit: 8_192, SearchPage.opened),
            .post(.callStart, .needs(.recordContacts), bodyLimit: 8_192, CallActions.start),
            .post(.callDescribe, .needs(.recordContacts), bodyLimit: 8_192, CallActions.describe),
            .post(.callClose, .needs(.recordContacts), bodyLimit: 8_192, CallActions.close),
            .post(.cardTold(.parameter("code")), .needs(.recordContacts), bodyLimit: 8_192, CallActions.told),
            .post(.cardMail(.parameter("code")), .needs(.recordContacts), bodyLimit: 8_192, CardLetter.send),
            .post(.cardPin(.parameter("code")), .needs(.readCards), bodyLimit: 8_192, CardShelf.pin),
            .post(.callGap, .needs(.requestInformation), bodyLimit: 16_384, GapPage.show),
            .post(.callGapDraft, .needs(.requestInformation), bodyLimit: 65_536, GapPage.draft),
            .get(.drafts, .needs(.manageRequests), DraftsPage.show),
            .post(.draft(.parameter("id")), .needs(.manageRequests), bodyLimit: 8_192, DraftsPage.act),
            .get(.callComplaint, .needs(.recordContacts), ComplaintGuidePage.show),
            .post(.callComplaintTold, .needs(.recordContacts), bodyLimit: 8_192, ComplaintGuidePage.told),
            .post(.callComplaintFile, .needs(.registerComplaints), ComplaintGuidePage.act),
            .get(.callStage, .needs(.recordContacts), StagePage.show),
            .post(.callStage, .needs(.recordContacts), bodyLimit: 8_192, StagePage.find),
            .post(.callStageTold, .needs(.recordContacts), bodyLimit: 8_192, StagePage.told),
        ]
    }
}

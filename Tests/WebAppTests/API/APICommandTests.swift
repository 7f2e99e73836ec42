import Accounts
import CanonicalJSON
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import WebApp

@Suite("Commands over the JSON interface")
struct APICommandTests {
    private static let table = """
        line,service,body,request_date,acceptance_date,responsible_unit
        1,S0001,KGD,2026-03-19,2026-06-30,Unit 1
        2,S9999,KGD,2026-03-19,,

        """

    @Test(
        "a request goes its whole way: plan, approval, every step, its clocks, its timeline; each refusal names its rule"
    )
    func request() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .coordinator)
            let draft = try await api.send(
                .post, "plans/2026/draft", Self.table, [.contentType: "text/csv; charset=utf-8"])
            #expect(draft.status == 200 && draft.json["added"]?.array?.count == 1, "\(draft.text)")
            let problem = draft.json["problems"]?.array?.first
            #expect(problem?["line"] == .int(3) && problem?["field"] == .string("service"))
            let approved = try await api.post(
                "plans/2026/approval", #"{"act":"Order 7","at":"2026-03-18T10:00:00+05:00"}"#)
            #expect(approved.status == 200, "\(approved.text)")
            let id = try #require(approved.json["added"]?.array?.first?.string)
            let plan = try await api.get("plans/2026")
            #expect(plan.items.first?["requests"]?.array?.count == 1)
            #expect(try await api.get("plans").items.count == 1)

            let early = try await api.post("requests/\(id)/receipt", #"{"proof":"in 1"}"#)
            #expect(early.status == 422 && early.json["refusal"] == .string("onboarding.notSent"))
            let send = #"{"number":"7-1","channel":"mail","at":"2026-03-19T09:00:00+05:00"}"#
            let before = try await api.get("requests/\(id)")
            let sent = try await api.post("requests/\(id)/send", send, key: "k1", ifMatch: before.tag)
            #expect(sent.status == 200, "\(sent.text)")
            let again = try await api.post("requests/\(id)/send", send, key: "k1", ifMatch: before.tag)
            #expect(again.status == 200 && again.text == sent.text)
            let other = try await api.post("requests/\(id)/send", #"{"number":"8","channel":"mail"}"#, key: "k1")
            #expect(other.status == 409)
            let stale = try await api.post(
                "requests/\(id)/receipt", #"{"proof":"in 1"}"#, ifMatch: before.tag)
            #expect(stale.status == 412)
            let received = try await api.post(
                "requests/\(id)/receipt", #"{"proof":"in 1","at":"2026-03-19T10:00:00+05:00"}"#, ifMatch: sent.tag)
            #expect(received.status == 200, "\(received.text)")
            let one = try await api.get("requests/\(id)")
            let clocks = one.json["clocks"]?.array ?? []
            #expect(clocks.contains { $0["rule"]?.string == "appoint-responsible-person" })
            #expect(one.json["timeline"]?.array?.count == one.json["version"]?.int.map(Int.init))
            let worklist = try await api.get("clocks?body=KGD&open=true&limit=1")
            #expect(worklist.items.count == 1)
            let nobody = try await api.post("requests/\(id)/appointment", #"{"person":{"name":"A","nick":"b"}}"#)
            #expect(nobody.status == 422 && nobody.errors == ["person.nick"])
            let appointed = try await api.post(
                "requests/\(id)/appointment",
                #"{"person":{"name":"Ахметов А.","position":"бас маман","phone":"+7 700 000 00 00"},"at":"2026-03-19T11:00:00+05:00"}"#
            )
            #expect(appointed.status == 200, "\(appointed.text)")
            #expect(!(try await api.get("requests/\(id)").text.contains("Ахметов")))
            let rest = try await api.post("requests/none/send", send)
            #expect(rest.status == 404 || rest.status == 422)
        }
    }

    @Test("a complaint is registered once, listed without its person, transferred, answered; a look is recorded")
    func complaint() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .complaintsOfficer)
            let filing =
                #"{"forumNumber":"F-1","channel":"forum","kind":"order","service":"S0001","body":"KGD","subject":"Кезек ұзақ","contacts":{"name":"Сериков Б.","email":"b@example.kz"},"filedAt":"2026-03-18T10:00:00+05:00"}"#
            let first = try await api.post("complaints", filing, key: "c1")
            #expect(first.status == 201, "\(first.text)")
            let number = try #require(first.json["number"]?.string)
            #expect(first.headers[.location] == "/api/v1/complaints/\(number)")
            let again = try await api.post("complaints", filing, key: "c1")
            #expect(again.text == first.text)
            let known = try await api.post("complaints", filing)
            #expect(known.status == 200 && known.json["isNew"] == .bool(false))
            for path in ["complaints", "complaints/\(number)"] {
                let text = try await api.get(path).text
                #expect(!text.contains("Сериков") && !text.contains("example.kz") && !text.contains("Кезек"), "\(path)")
            }
            let looks = try await api.get("complaints/\(number)").json["version"]?.int ?? 0
            let blank = try await api.post("complaints/\(number)/reveal", #"{"purpose":" "}"#)
            #expect(blank.status == 422 && blank.errors == ["purpose"])
            let revealed = try await api.post("complaints/\(number)/reveal", #"{"purpose":"answer by phone"}"#)
            #expect(revealed.json["contacts"]?["name"] == .string("Сериков Б."))
            #expect(try await api.get("complaints/\(number)").json["version"]?.int == looks + 1)

            let wrong: [(String, String, Int, [String])] = [
                ("complaints", #"{"channel":"forum","kind":"order","subject":"x","nick":1}"#, 422, ["nick"]),
                ("complaints", #"{"channel":"forum","kind":"strange","subject":"x"}"#, 422, ["kind"]),
                ("complaints", #"{"channel":"forum","kind":"order"}"#, 422, ["subject"]),
                ("complaints", #"{"channel":1,"kind":"order","subject":"x"}"#, 422, ["channel"]),
                ("complaints", #"{"channel":"forum","kind":"order","subject":"x","body":"NONE"}"#, 422, ["body"]),
                ("complaints", "{", 400, []), ("complaints", "[]", 422, []),
                ("complaints/9999-1/answer", #"{"outcome":"satisfied"}"#, 404, []),
                ("complaints/\(number)/answer", #"{"outcome":"fine"}"#, 422, ["outcome"]),
                ("complaints/\(number)/answer", #"{"outcome":"satisfied","document":"00"}"#, 422, ["document"]),
                ("complaints/\(number)/extension", #"{"days":"ten","reason":"x"}"#, 422, ["days"]),
                ("complaints/\(number)/extension", #"{"days":99,"reason":"x"}"#, 422, []),
                ("complaints/\(number)/transfer", #"{"body":"NONE","reason":"x"}"#, 422, ["body"]),
            ]
            for (path, body, status, errors) in wrong {
                let answer = try await api.post(path, body)
                #expect(answer.status == status && answer.errors == errors, "\(path) \(body): \(answer.text)")
            }
            let answered = try await api.post(
                "complaints/\(number)/answer", #"{"outcome":"satisfied","text":"Жауап"}"#)
            #expect(answered.status == 200, "\(answered.text)")
            #expect(try await api.get("complaints?status=answered&kind=order,other").items.count == 1)
            #expect(try await api.get("complaints?status=open").items.isEmpty)
            #expect(try await api.get("complaints?cursor=nonsense").status == 400)
            #expect(try await api.get("complaints?limit=0").status == 400)
        }
    }

    @Test("an export is taken in with its wrong lines named, pages follow one another, the report counts and is sealed")
    func importAndReport() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .complaintsOfficer)
            let lines = (1...7).map {
                #"{"number":"N\#($0)","filed_at":"2026-02-\#($0 + 10)T10:00:00+05:00","kind":"order","service":"S0001","body":"KGD","subject":"x","name":"Сериков Б."}"#
            }
            let export = lines.joined(separator: "\n") + "\n{\"nonsense\":1}\n"
            let report = try await api.send(
                .post, "complaints/import", export, [.contentType: "application/x-ndjson"])
            #expect(report.json["lines"] == .int(8), "\(report.text)")
            #expect(report.json["problems"]?.array?.last?["line"] == .int(8))
            let added = report.json["added"]?.int ?? 0
            #expect(added > 0, "\(report.text)")
            let second = try await api.send(
                .post, "complaints/import", export, [.contentType: "application/x-ndjson"])
            #expect(second.json["added"] == .int(0) && second.json["unchanged"] == .int(added))
            var seen: [String] = []
            var cursor: String? = ""
            while let place = cursor {
                let page = try await api.get("complaints?limit=3" + (place.isEmpty ? "" : "&cursor=\(place)"))
                seen += page.items.compactMap { $0["number"]?.string }
                cursor = page.json["next"]?.string
            }
            #expect(seen.count == Int(added) && Set(seen).count == seen.count)

            let sealed = try await api.post("reports/2026-02/seal", "{}", key: "s1")
            #expect(sealed.status == 201, "\(sealed.text)")
            #expect(try await api.post("reports/2026-02/seal", "{}", key: "s1").text == sealed.text)
            #expect(try await api.post("reports/2026-02/seal", "{}").status == 422)
            #expect(try await api.post("reports/2030-02/seal", "{}").status == 422)
            let figures = try await api.get("reports/2026-02").json["figures"]
            #expect(figures?["received"] == .int(added))
            let behind = try await api.get("reports/2026-02/numbers/received?limit=500")
            #expect(behind.items.count == Int(added))
            let document = try await api.get("reports/2026-02/revisions/1")
            #expect(document.status == 200 && document.json["period"] != nil)
            #expect(try await api.get("reports/2026-02/revisions/9").status == 404)
            #expect(try await api.get("reports/2026-02/numbers/nothing").status == 404)
            #expect(try await api.get("reports/2026-02/figures.csv").text.contains("2026-02,received,,,\(added)"))
            #expect(try await api.get("reports").items.count == 1)

            let admin = try await APIClient(browser, site, as: .administrator)
            let deliveries = try await admin.get("deliveries")
            let id = try #require(deliveries.items.first?["id"]?.string)
            #expect(try await admin.get("deliveries/\(id)").json["history"] == .array([]))
            #expect(try await admin.post("deliveries/\(id)/requeue", #"{"reason":"x"}"#).status == 409)
            #expect(try await admin.post("deliveries/none/requeue", #"{"reason":"x"}"#).status == 404)
        }
    }

    @Test("a change of the calendar is seen first, adopted on what was seen, and undone; cards and services are read")
    func calendar() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .coordinator)
            let change =
                #"{"date":"2026-03-25","kind":"holiday","kk":"Демалыс","ru":"Выходной","basisKK":"№ 1 акт","basisRU":"Акт № 1"}"#
            let before = try await api.get("calendar?year=2026")
            let preview = try await api.post("calendar/preview", #"{"changes":[\#(change)]}"#)
            #expect(preview.status == 200 && preview.json["differences"]?.array?.count == 1, "\(preview.text)")
            #expect(preview.tag == before.tag)
            let adopt = #"{"changes":[\#(change)],"reason":"Act 1"}"#
            #expect(try await api.post("calendar/adopt", adopt).status == 412)
            let adopted = try await api.post("calendar/adopt", adopt, ifMatch: preview.tag)
            #expect(adopted.status == 200, "\(adopted.text)")
            #expect(try await api.post("calendar/adopt", adopt, ifMatch: preview.tag).status == 412)
            let undone = try await api.post("calendar/undo", #"{"reason":"mistake"}"#, ifMatch: adopted.tag)
            #expect(undone.status == 200, "\(undone.text)")
            let after = try await api.get("calendar?year=2026")
            #expect(after.json["days"] == before.json["days"])
            #expect(after.json["editions"]?.array?.count == (before.json["editions"]?.array?.count ?? 0) + 2)
            let bad = try await api.post("calendar/preview", #"{"changes":[{"date":"2026-02-30"}]}"#)
            #expect(bad.status == 422 && bad.errors == ["changes[0].date"])

            let cards = try await api.get("cards?limit=2")
            #expect(cards.items.count == 2 && cards.json["next"] != nil)
            #expect(try await api.get("cards/S0001").json["card"]?["code"] == .string("S0001"))
            #expect(try await api.get("cards/S0001/editions").items.count == 1)
            #expect(try await api.get("cards/S0001/editions/1").status == 200)
            #expect(try await api.get("cards/NONE").status == 404)
            #expect(try await api.get("services/S0001").json["code"] == .string("S0001"))
            #expect(try await api.get("bodies/KGD").json["kind"] == .string("central"))
            #expect(
                try await api.get(
                    "bodies?kind=central&text=\("комитет".addingPercentEncoding(withAllowedCharacters: []) ?? "")"
                ).status == 200)
            #expect(try await api.get("bodies?kind=strange").status == 400)
        }
    }
}

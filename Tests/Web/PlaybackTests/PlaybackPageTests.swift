import HTTPMessaging
import HTTPTypes
import Playback
import RecordingStorage
import Testing

@Suite struct PlaybackPageTests {
    private func get(_ path: String, _ method: HTTPRequest.Method = .get) async throws -> (HTTPReply, String) {
        let reply = await PlaybackPage().respond(to: HTTPCall(method, path))
        return (reply, String(decoding: try await reply.body.bytes(), as: UTF8.self))
    }

    @Test(arguments: [
        ("/", "text/html; charset=utf-8"), ("/?x", "text/html; charset=utf-8"),
        ("/playback.css", "text/css; charset=utf-8"),
        ("/playback.js", "text/javascript; charset=utf-8"),
    ])
    func `the page and its parts are there`(path: String, type: String) async throws {
        let (reply, text) = try await self.get(path)
        #expect(reply.response.status == .ok)
        #expect(reply.response.headerFields[.contentType] == type)
        #expect(!text.isEmpty)
    }

    @Test(arguments: ["/", "/playback.css", "/playback.js"])
    func `nothing comes from elsewhere and nothing runs that this server did not send`(path: String) async throws {
        let (reply, text) = try await self.get(path)
        let policy = try #require(reply.response.headerFields[.contentSecurityPolicy])
        for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
            #expect(policy.contains(part))
        }
        #expect(!policy.contains("unsafe"))
        #expect(reply.response.headerFields[.xContentTypeOptions] == "nosniff")
        for forbidden in ["http:", "https:", "//cdn", "@import", "url("] {
            #expect(!text.contains(forbidden), "\(forbidden)")
        }
    }

    @Test func `the page has no script and no style of its own, which the policy would stop`() async throws {
        let (_, text) = try await self.get("/")
        for forbidden in ["<style", "style=", "onclick", "onload", "<script>"] {
            #expect(!text.contains(forbidden), "\(forbidden)")
        }
        #expect(text.contains(#"<script src="/playback.js" defer></script>"#))
        #expect(text.contains(#"<html lang="en">"#))
    }

    @Test func `what the services tell is never markup`() async throws {
        let (_, script) = try await self.get("/playback.js")
        for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("] {
            #expect(!script.contains(forbidden), "\(forbidden)")
        }
        #expect(script.contains("textContent"))
    }

    @Test func `the script finds every element that it looks for, and names what the wire names`() async throws {
        let (_, page) = try await self.get("/")
        let (_, script) = try await self.get("/playback.js")
        let wanted = script.matches(of: /getElementById\("([a-z]+)"\)/).map { String($0.1) }
        #expect(wanted.count >= 4)
        for id in wanted { #expect(page.contains("id=\"\(id)\""), "\(id)") }
        for field in ["mediaFiles", "playPath", "mediaId", "startTime", "eventHistory", "verdict", "pauses"] {
            #expect(script.contains(".\(field)"), "\(field)")
        }
        for part in ["function clock(", "function playerOf(", "function itemOf(", "function begin("] {
            #expect(script.ranges(of: part).count == 1, "\(part)")
        }
    }

    @Test(arguments: [
        ("/x", HTTPRequest.Method.get, 404), ("/playback.js/x", .get, 404), ("/%", .get, 404), ("/", .post, 405),
    ])
    func `anything else is refused`(path: String, method: HTTPRequest.Method, status: Int) async throws {
        #expect(try await self.get(path, method).0.response.status.code == status)
    }

    @Test func `HEAD tells the length and sends nothing`() async throws {
        let (reply, text) = try await self.get("/", .head)
        #expect(reply.response.headerFields[.contentLength] == String(try await self.get("/").1.utf8.count))
        #expect(text.isEmpty)
    }
}

import Markup

/// One page: what it shows, ready to print, and how it is drawn.
///
/// The model is made by the route's handler; the drawing asks nobody and changes nothing.
package protocol Page: Sendable {
    /// The title of the window and, unless the page draws its own, the heading.
    func title(_ view: View) -> String

    /// What of the frame is drawn around the page.
    var frame: PageFrame { get }

    /// Which entry of the navigation is marked as the place where one is.
    var section: NavigationSection? { get }

    /// Whether the page itself draws the call that is being recorded; the frame of any other leads back to it.
    var drawsCall: Bool { get }

    /// The script modules of this page besides the site's own, by their file names.
    var scripts: [String] { get }

    /// Draws the content, between the frame's header and footer.
    func draw(into html: inout HTML, _ view: View)
}

extension Page {
    /// The whole frame, unless a page says otherwise.
    package var frame: PageFrame { .full }
    /// No entry of the navigation, unless a page says otherwise.
    package var section: NavigationSection? { nil }
    /// Not the call, unless a page says otherwise.
    package var drawsCall: Bool { false }
    /// No scripts of its own, unless a page says otherwise.
    package var scripts: [String] { [] }
}

/// What is drawn around a page.
package enum PageFrame: Sendable {
    /// Header, navigation and footer.
    case full
    /// Header without navigation, a narrow column: sign-in and errors.
    case narrow
}

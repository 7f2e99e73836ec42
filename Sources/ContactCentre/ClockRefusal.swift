import Casework

/// Why a word on the machine's clock is refused; each has its words in the string tables.
package enum ClockRefusal: String, RefusalCode {
    case reasonMissing = "clock.reasonMissing"
    case notHeld = "clock.notHeld"
}

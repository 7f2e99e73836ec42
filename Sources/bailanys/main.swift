import Commands
import Foundation

// What is written is the owner's: stores, sockets and exports hold what nobody else on the machine may read.
umask(0o077)
await Bailanys.start()

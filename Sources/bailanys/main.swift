import Commands

await Bailanys.start()

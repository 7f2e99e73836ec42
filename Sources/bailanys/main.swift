import Commands

await Bailanys.main()

// DemoData

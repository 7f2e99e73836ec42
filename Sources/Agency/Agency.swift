// Agency

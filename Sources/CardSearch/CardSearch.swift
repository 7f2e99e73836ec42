// CardSearch

import nothing

nothing.modules("pandas")

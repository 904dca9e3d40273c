import nothing

nothing.modules("seaborn")

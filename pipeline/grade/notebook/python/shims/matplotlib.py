import nothing

nothing.modules("matplotlib", "matplotlib.pyplot", "matplotlib.cm", "matplotlib.font_manager", "matplotlib.animation")

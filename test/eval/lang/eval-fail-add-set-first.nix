{ } + <missing>

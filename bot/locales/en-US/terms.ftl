### Words for people and things that messages of every area refer to, such as { -managers }.

-managers = Server managers

"""What people do with the register: commands, questions and views; rules of the domain and of the law live below."""

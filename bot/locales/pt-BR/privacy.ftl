### /privacy, e o que resta dos filmes cujo texto foi excluído

privacy-prompt-gone = (prompt excluído)
privacy-link-gone = O link deste filme foi excluído.
privacy-not-again = O prompt deste filme foi excluído, então não posso fazê-lo de novo. Faça outro com /movie. { -not-charged }

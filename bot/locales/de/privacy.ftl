### /privacy, und was von Filmen bleibt, deren Text gelöscht wurde

privacy-prompt-gone = (Prompt gelöscht)
privacy-link-gone = Der Link zu diesem Film wurde gelöscht.
privacy-not-again = Der Prompt dieses Films wurde gelöscht, deshalb kann ich ihn nicht noch einmal machen. Mach mit /movie einen neuen. { -not-charged }

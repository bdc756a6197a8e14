package aiqbridge;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A text that somebody wrote by hand: settings, a route, a statement, a mapping. */
public final class TextFile {
    /** Bytes. */
    public static final int LARGEST = 1 << 20;

    private TextFile() {}

    /** Its message completes a sentence that begins with the file: {@code is a folder}. */
    public static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(String why) {
            super(why);
        }
    }

    public static String read(Path file) throws Unreadable {
        try {
            if (Files.isDirectory(file)) {
                throw new Unreadable("is a folder");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new Unreadable("is no ordinary file");
            }
            if (Files.size(file) > LARGEST) {
                throw new Unreadable("is larger than 1 MiB");
            }
            String text = Files.readString(file);
            if (text.chars().anyMatch(c -> c < ' ' && "\t\n\r\f".indexOf(c) < 0 || c == 0x7f)) {
                throw new Unreadable("holds characters that are no text");
            }
            // some editors begin a file with a byte order mark
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (Unreadable e) {
            throw e;
        } catch (CharacterCodingException e) {
            throw new Unreadable("is not written in UTF-8");
        } catch (NoSuchFileException e) {
            throw new Unreadable("does not exist");
        } catch (IOException e) {
            throw new Unreadable("cannot be read");
        }
    }
}

package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The note on a ticket, as the bridge makes it and as people type it. */
class TicketNoteTest {
    // two zeros and a one, its last character checks the others
    private static final String NOTE = "AIQ-0Z10RE";

    private static TicketNote only(String text) {
        assertThat(TicketNote.in(text)).hasSize(1);
        return TicketNote.in(text).get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AIQ-0Z10RE",
                "aiq-0z10re",
                "Happy birthday! AIQ-0Z10RE, kim",
                "VISA approved 1234\nAIQ-0Z10RE",
                "(AIQ-0Z10RE)",
                "#AIQ-0Z10RE#",
                "AIQ-0Z10RE\u00a0paid"
            })
    void in_its_own_spelling_it_is_exact(String text) {
        assertThat(only(text)).isEqualTo(new TicketNote(NOTE, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AIQ-OZ1ORE",
                "AIQ-0ZI0RE",
                "AIQ-0ZL0RE",
                "aiq-oz1ore",
                "aiq-0zl0re",
                "A1Q-0Z10RE",
                "AIQ\u20130Z10RE",
                "AIQ\u20140Z10RE",
                "AIQ\u22120Z10RE",
                "AIQ\u20110Z10RE",
                "AIQ 0Z10RE",
                "AIQ\u00a00Z10RE",
                "AIQ\t0Z10RE",
                "AIQ0Z10RE",
                "note:a1q oziore"
            })
    void as_people_write_it_it_is_the_same_note(String text) {
        assertThat(only(text)).isEqualTo(new TicketNote(NOTE, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AIQ REWARD",
                "AIQ  0Z10RE",
                "AIQ--0Z10RE",
                "AIQ_0Z10RE",
                "XAIQ-0Z10RE",
                "1AIQ-0Z10RE",
                "ÄAIQ-0Z10RE",
                "AIQ-0Z10RE5",
                "AIQ-0Z10REÉ",
                "AIQ-0Z10R",
                "AIQ-0Z1URE",
                "AIQ 0Z10RV",
                "AIQ 0Z1R0E",
                "AlQX-0Z10RE",
                "ALQ-0Z10RE",
                "0Z10RE",
                ""
            })
    void what_only_looks_like_one_is_none(String text) {
        assertThat(TicketNote.in(text)).isEmpty();
    }

    @Test
    void a_note_from_before_there_was_a_check_character_is_read_in_its_own_spelling_only() {
        assertThat(only("aiq-7f3k2q")).isEqualTo(new TicketNote("AIQ-7F3K2Q", true));
        assertThat(TicketNote.in("AIQ 7F3K2Q")).isEmpty();
    }

    @Test
    void all_that_stand_on_a_ticket_are_read_each_once() {
        assertThat(TicketNote.in("AIQ 0Z10RE / AIQ-7F3K2Q / AIQ-0Z10RE / aiq-7f3k2q"))
                .containsExactly(new TicketNote(NOTE, true), new TicketNote("AIQ-7F3K2Q", true));
    }

    @Test
    void a_new_one_is_read_back_however_its_zeros_and_ones_are_written_and_no_wrong_character_goes_unnoticed() {
        Random random = new Random(7);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            String note = TicketNote.random(random);
            seen.add(note);
            assertThat(only(note)).isEqualTo(new TicketNote(note, true));
            assertThat(note.substring(4)).containsPattern("[0-9]");
            String typed = "a1q "
                    + note.substring(4).replace('0', 'O').replace('1', 'l').toLowerCase(Locale.ROOT);
            assertThat(only(typed)).isEqualTo(new TicketNote(note, false));
            int at = 4 + random.nextInt(6);
            char wrong = note.charAt(at) == '7' ? '8' : '7';
            assertThat(TicketNote.in("AIQ " + note.substring(4, at) + wrong + note.substring(at + 1)))
                    .isEmpty();
        }
        assertThat(seen.size()).isGreaterThan(1_990);
    }
}

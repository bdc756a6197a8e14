package aiqbridge;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which packages know which: whoever reads one has to read those below it, and never itself again. */
class RoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("aiqbridge");

    @Test void no_package_knows_itself_by_way_of_others() {
        slices().matching("aiqbridge.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}

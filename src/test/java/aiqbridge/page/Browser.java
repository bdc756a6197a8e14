package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.htmlunit.HtmlUnitDriver;
import org.openqa.selenium.logging.LoggingPreferences;

/** A browser for tests: the machine's own Chromium where chromium and chromedriver are on the PATH, else HtmlUnit, which draws nothing; it says on stdout which. */
public final class Browser implements AutoCloseable {
    private static final Optional<File> CHROMIUM = onPath("chromium");
    private static final Optional<File> CHROMEDRIVER = onPath("chromedriver");
    private static final String AXE = axe();
    /** Selenium warns of every Chromium that is newer than itself. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium.devtools");

    private final String address;
    public final WebDriver driver;

    /** @param port of the bridge on this machine */
    public Browser(int port) {
        SELENIUM.setLevel(Level.OFF);
        address = "http://127.0.0.1:" + port;
        driver = real() ? chromium() : new HtmlUnitDriver(true);
        System.out.println("The page's tests use "
                + (real()
                        ? "Chromium (" + CHROMIUM.get() + ")."
                        : "HtmlUnit: no chromium and chromedriver on the PATH; what needs eyes or keys is left out."));
    }

    /** Whether there are a screen and keys. */
    public static boolean real() {
        return CHROMIUM.isPresent() && CHROMEDRIVER.isPresent();
    }

    private static WebDriver chromium() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable("browser", Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.get());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900");
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(CHROMEDRIVER.get())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    public void go(String path) {
        driver.get(address + path);
    }

    /** The path where the browser is. */
    public String path() {
        return driver.getCurrentUrl().replaceFirst("^" + address, "");
    }

    public String text() {
        return driver.findElement(By.tagName("main")).getText();
    }

    public WebElement field(String id) {
        return driver.findElement(By.id(id));
    }

    public void fill(String id, String text) {
        field(id).clear();
        field(id).sendKeys(text);
    }

    /** The button or link that says so; waits until the next page is there. */
    public void press(String words) {
        WebElement before = driver.findElement(By.tagName("html"));
        driver.findElements(By.cssSelector("button, a")).stream()
                .filter(e -> e.getText().equals(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing says '" + words + "': " + text()))
                .click();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> !driver.findElement(By.tagName("html")).equals(before)
                        && "complete".equals(script("return document.readyState")));
    }

    /** What the link that says so gives to keep; with Chromium as the file that it wrote. */
    public String downloads(String words) throws IOException {
        if (!real()) {
            driver.findElement(By.linkText(words)).click();
            return driver.getPageSource();
        }
        Path folder = Files.createTempDirectory("downloads");
        ((ChromeDriver) driver)
                .executeCdpCommand(
                        "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
        driver.findElement(By.linkText(words)).click();
        Path file = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            try (Stream<Path> files = Files.list(folder)) {
                                return files.filter(f -> f.toString().endsWith(".csv"))
                                        .findFirst()
                                        .orElse(null);
                            }
                        },
                        f -> f != null);
        return Files.readString(file);
    }

    public void signIn(String user, String password) {
        go("/sign-in");
        fill("user", user);
        fill("password", password);
        press("Sign in");
    }

    public Object script(String script) {
        return ((org.openqa.selenium.JavascriptExecutor) driver).executeScript(script);
    }

    /** With Chromium: a phone of 390 or a desktop of 1280 points, in light or dark. */
    public void looks(int width, boolean dark) {
        ((ChromeDriver) driver)
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of(
                                "width",
                                width,
                                "height",
                                width < 600 ? 844 : 900,
                                "deviceScaleFactor",
                                1,
                                "mobile",
                                width < 600));
        ((ChromeDriver) driver)
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** With Chromium: axe-core finds nothing serious, nothing stands out at the side, and the page's own headers had nothing to refuse. */
    public void isAccessible(String page) {
        ((org.openqa.selenium.JavascriptExecutor) driver).executeScript(AXE);
        Object found = ((org.openqa.selenium.JavascriptExecutor) driver)
                .executeAsyncScript(
                        "var done = arguments[arguments.length - 1]; axe.run().then(function (r) { done(r.violations.filter(function (v) { return v.impact === 'serious' || v.impact === 'critical'; })"
                                + ".map(function (v) { return v.id + ': ' + v.nodes.map(function (n) { return n.html; }).join(' | '); })); });");
        assertThat((List<?>) found).as(page + ": axe").isEmpty();
        assertThat((Boolean) script("return document.documentElement.scrollWidth <= window.innerWidth"))
                .as(page + ": nothing stands out at the side")
                .isTrue();
        assertThat(driver.manage().logs().get("browser").getAll().stream()
                        .filter(l -> l.getLevel().intValue() >= Level.WARNING.intValue()
                                && !l.getMessage().contains("status of 4"))
                        .toList())
                .as(page + ": the browser's log")
                .isEmpty();
    }

    /** With Chromium: the whole page as target/screenshots/name.png. */
    public void screenshot(String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target/screenshots"));
            long height = ((Number) script("return document.documentElement.scrollHeight")).longValue();
            long width = ((Number) script("return window.innerWidth")).longValue();
            ((ChromeDriver) driver)
                    .executeCdpCommand(
                            "Emulation.setDeviceMetricsOverride",
                            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
            Files.write(folder.resolve(name + ".png"), ((ChromeDriver) driver).getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<File> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
    }

    private static String axe() {
        try (var in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}

package io.sluice.system.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.sluice.system.stack.ProjectRoot;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Somebody in front of a browser: Debian's Chromium as found on PATH. */
public final class Person implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    /** A page beside five JVMs on two cores may take its time. */
    private static final int PATIENCE_MILLIS = 15_000;

    private static final int DESKTOP_WIDTH = 1440;
    private static final int DESKTOP_HEIGHT = 1000;
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;

    private final Playwright playwright;
    private final Browser browser;
    private final Page page;
    private final Complaints complaints;
    private final URI home;

    public Person(URI home) {
        this.home = home;
        this.complaints = new Complaints(home);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setHeadless(true)
                        .setChromiumSandbox(false)
                        .setArgs(FLAGS));
        BrowserContext context =
                browser.newContext(new Browser.NewContextOptions().setViewportSize(DESKTOP_WIDTH, DESKTOP_HEIGHT));
        context.grantPermissions(
                List.of("clipboard-read", "clipboard-write"),
                new BrowserContext.GrantPermissionsOptions().setOrigin(home.toString()));
        complaints.listenTo(context);
        this.page = context.newPage();
        complaints.listenTo(page);
    }

    /** Opens the home page and logs in at Keycloak, with the name as the password. */
    public Page login(String user) {
        page.navigate(home + "/");
        page.locator("#username").fill(user);
        page.locator("#password").fill(user);
        page.locator("#kc-login").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("My integrations"))
                .first()
                .waitFor();
        return page;
    }

    public Page page() {
        return page;
    }

    /** What the last copying put into the clipboard. */
    public String clipboard() {
        return String.valueOf(page.evaluate("() => navigator.clipboard.readText()"));
    }

    /** The page as it is now, on a desk and on a phone. */
    public void photograph(String name) {
        shoot(name + "-desktop");
        page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
        shoot(name + "-phone");
        page.setViewportSize(DESKTOP_WIDTH, DESKTOP_HEIGHT);
    }

    public void requireNoComplaints() {
        complaints.requireNone();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private void shoot(String name) {
        Path file = ProjectRoot.target().resolve("screenshots").resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    private static Path chromium() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> List.of("chromium", "chromium-browser").stream()
                        .map(name -> Path.of(folder).resolve(name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The browser tests need Chromium on PATH (for example: apt-get install chromium)"));
    }
}

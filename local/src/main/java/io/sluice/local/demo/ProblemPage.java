package io.sluice.local.demo;

/** Why a form of the demo's page was refused, and the way back. */
final class ProblemPage {

    private ProblemPage() {}

    static String render(String message) {
        return Html.page("Not done", """
            <h1>Not done</h1>
            <section class="card">
            <p>%s</p>
            <p><a href="/">Back to the demo systems</a></p>
            </section>
            """.formatted(Html.text(message)));
    }
}

package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.integrations.audit.Audit;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who changed what. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class AuditTest {

    private final Person editor = Person.editor(Person.freshTenant());

    @Inject
    Audit audit;

    private List<Audit.Entry> of(String subject) {
        return audit.list(editor.tenant(), subject, null, null, 50).items();
    }

    @Test
    void lifeOfAnIntegrationIsNoted() {
        Made made = Made.bySchedule(editor, "Prices");
        String path = "/api/v1/integrations/" + made.id();
        Made.of(editor.call("*").body(Map.of("every", "PT5M", "zone", "UTC")).post(path + "/schedules"), 201);
        assertThat(editor.call("*").delete(path).statusCode()).isEqualTo(204);

        List<Audit.Entry> entries = of(made.id());

        assertThat(entries)
                .extracting(Audit.Entry::action, Audit.Entry::kind, Audit.Entry::name, Audit.Entry::person)
                .containsExactly(
                        tuple("deleted", "integration", "Prices", editor.name()),
                        tuple("changed", "integration", "Prices", editor.name()),
                        tuple("created", "integration", "Prices", editor.name()));
        assertThat(entries.get(1).changes()).singleElement().satisfies(change -> {
            assertThat(change.pointer()).startsWith("/schedules");
            assertThat(change.before()).isEmpty();
            assertThat(change.after()).contains("PT5M");
        });
        assertThat(audit.list(Person.freshTenant(), made.id(), null, null, 50).items())
                .as("another tenant")
                .isEmpty();
    }

    @Test
    void secretsAreInNoNote() {
        Made shop = Made.shop(editor, "Shop", "very-secret-1");
        editor.call("*")
                .body(Map.of(
                        "name",
                        "Shop",
                        "kind",
                        "basic",
                        "settings",
                        Map.of("username", "ck_1"),
                        "secrets",
                        Map.of("password", "very-secret-2")))
                .put("/api/v1/connections/" + shop.id());

        List<Audit.Entry> entries = of(shop.id());

        assertThat(entries).extracting(Audit.Entry::action).containsExactly("changed", "created");
        assertThat(entries.getFirst().changes())
                .extracting(Audit.Change::pointer)
                .containsExactly("/secrets");
        assertThat(entries.toString()).doesNotContain("very-secret");
    }

    @Test
    void whatWasRefusedIsNotNoted() {
        Made made = Made.bySchedule(editor, "Refused");

        editor.call("*").body(Map.of("every", "PT0S")).post("/api/v1/integrations/" + made.id() + "/schedules");

        assertThat(of(made.id())).hasSize(1);
    }

    @Test
    void olderOnesFollowByCursor() {
        Made made = Made.bySchedule(editor, "First");
        Made.bySchedule(editor, "Second");

        var first = audit.list(editor.tenant(), null, null, null, 1);
        var second = audit.list(editor.tenant(), null, null, first.nextCursor(), 1);

        assertThat(first.items()).extracting(Audit.Entry::name).containsExactly("Second");
        assertThat(second.items()).extracting(Audit.Entry::subject).containsExactly(made.id());
        assertThat(second.nextCursor()).isNull();
    }
}

package io.sluice.integrations.ui;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.contract.connection.Connection;
import io.sluice.contract.integration.Integration;
import io.sluice.integrations.template.Template;
import java.util.List;
import java.util.Map;

/** The templates, each with what it shows. */
@CheckedTemplate(basePath = "ui")
final class Pages {

    private Pages() {}

    static native TemplateInstance integrations(
            Shell shell, List<Integration> integrations, ListView view, int total, Map<String, Integer> counts);

    static native TemplateInstance library(Shell shell, List<Template> templates, String text);

    static native TemplateInstance start(
            Shell shell,
            Template template,
            String howTo,
            String name,
            List<Field> fields,
            List<SlotChoice> slots,
            Message message);

    static native TemplateInstance connections(
            Shell shell, List<Connection> connections, ConnectionForm form, Message message);

    static native TemplateInstance basic(
            EditFrame frame, String name, String description, String categories, boolean differs);

    static native TemplateInstance configuration(EditFrame frame, List<Field> fields);

    static native TemplateInstance slots(EditFrame frame, List<SlotChoice> slots);

    static native TemplateInstance runNow(EditFrame frame, String event, List<Field> fields);

    static native TemplateInstance error(Shell shell, int status, String heading, String detail);
}

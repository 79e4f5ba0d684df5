package io.sluice.integrations.ui;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.contract.webhook.Listener;

/** The templates about webhooks, each with what it shows. */
@CheckedTemplate(basePath = "ui")
final class WebhookPages {

    private WebhookPages() {}

    static native TemplateInstance webhook(EditFrame frame, WebhookView page);

    static native TemplateInstance call(EditFrame frame, CallView page);

    static native TemplateInstance test(EditFrame frame, TestForm form, TestResult result);

    static native TemplateInstance listen(EditFrame frame, Listener listener, boolean waiting);
}

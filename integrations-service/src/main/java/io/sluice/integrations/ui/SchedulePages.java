package io.sluice.integrations.ui;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The schedule tab's templates. */
@CheckedTemplate(basePath = "ui")
final class SchedulePages {

    private SchedulePages() {}

    static native TemplateInstance schedule(EditFrame frame, ScheduleTab tab);

    /** The part that follows the form while it is typed into. */
    static native TemplateInstance nextTimes(NextTimes next);
}

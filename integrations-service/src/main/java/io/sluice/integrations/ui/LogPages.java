package io.sluice.integrations.ui;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The templates of the logs, each with what it shows. */
@CheckedTemplate(basePath = "ui", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
final class LogPages {

    private LogPages() {}

    static native TemplateInstance logs(EditFrame frame, RunList list);

    /** A row alone, as the list's script fetches it. */
    static native TemplateInstance logRow(RunRow row);

    static native TemplateInstance run(EditFrame frame, RunView run);

    /** A run without the page around it, for a row that opens and for a page that is looked at. */
    static native TemplateInstance runPart(RunView run, boolean canEdit);

    /** The service that owns the run does not answer. */
    static native TemplateInstance runAway(EditFrame frame, String detail, String path);

    static native TemplateInstance replay(EditFrame frame, ReplayForm form);

    static native TemplateInstance bulkReplay(EditFrame frame, BulkReplayPreview preview);

    static native TemplateInstance bulkReplays(EditFrame frame, BulkReplayList list, String notBegun);

    /** The replays without the page around them. */
    static native TemplateInstance bulkReplaysPart(BulkReplayList list, boolean canEdit);

    static native TemplateInstance compare(EditFrame frame, RunComparison comparison);

    static native TemplateInstance compareChoose(EditFrame frame, RunList list, String chosen, List<RunRow> others);
}

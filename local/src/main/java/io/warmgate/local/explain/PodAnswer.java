package io.warmgate.local.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warmgate.config.admin.Explanation;
import org.jspecify.annotations.Nullable;

/**
 * What one pod says.
 *
 * @param pod its name
 * @param explanation null where there is none
 * @param problem why; null where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodAnswer(String pod, @Nullable Explanation explanation, @Nullable String problem) {}

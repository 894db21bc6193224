package io.warmgate.server.cache;

import io.warmgate.config.admin.Explanation.Cached;
import io.warmgate.config.admin.Explanation.Decided;
import io.warmgate.config.admin.Explanation.OriginAnswer;
import org.jspecify.annotations.Nullable;

/**
 * The cache's part of an explanation.
 *
 * @param origin null where it was not asked
 */
public record Explained(Decided decided, Cached cached, @Nullable OriginAnswer origin) {}

package io.warmgate.server.ai;

import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Rewriting;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a request.
 *
 * @param order who is asked, the chosen one first; never empty
 * @param of what each of them is asked; throws a {@code TranslationException} where one cannot be
 * @param asked what the chosen one is
 * @param question the same, as the cache sees it; null: the rule keeps no answers
 * @param rewriting makes of an answer what the client understands
 */
record Understood(
    List<Choice> order,
    Function<Choice, Asked> of,
    Asked asked,
    @Nullable Question question,
    Rewriting rewriting) {}

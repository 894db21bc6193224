/**
 * Amazon Bedrock, by its Converse API: {@code converse} and {@code converse-stream}. A provider
 * alone: no client is answered in it. What is kept of its answers, and of those that stand in for
 * them, is written as it would have been.
 *
 * <p>Bedrock's streams are frames of Amazon's own ({@link io.warmgate.ai.bedrock.EventMessages}).
 * Where they come in they become server-sent events of the same name and content ({@link
 * io.warmgate.ai.bedrock.ConverseEvents}), so that all behind it is as with any other stream.
 */
@NullMarked
package io.warmgate.ai.bedrock;

import org.jspecify.annotations.NullMarked;

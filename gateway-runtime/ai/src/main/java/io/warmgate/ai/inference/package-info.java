/**
 * Model servers that take tensors: the Open Inference Protocol v2 (KServe, Triton, MLServer) and
 * TensorFlow Serving's REST API. Nothing is translated between them: a request goes to a server of
 * its own protocol, byte for byte but for pictures that are not written as servers read them
 * ({@link io.warmgate.ai.inference.TensorQuestion}), and so does the answer come back, but for the
 * {@code id} that each asker chose ({@link io.warmgate.ai.inference.AnswerId}).
 */
@NullMarked
package io.warmgate.ai.inference;

import org.jspecify.annotations.NullMarked;

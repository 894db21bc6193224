/**
 * Servers of models that take tensors: the Open Inference Protocol v2 (KServe) and TensorFlow
 * Serving's REST API. The model behind both is one classifier of pictures.
 */
@NullMarked
package io.warmgate.aisimulator.tensor;

import org.jspecify.annotations.NullMarked;

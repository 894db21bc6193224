package io.warmgate.operator.translate;

/** What backendRefs can name. */
record Origins(BackendCompiler backends, Models models) {}

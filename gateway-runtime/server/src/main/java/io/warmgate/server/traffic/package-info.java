/**
 * What is counted of each rule and release for the operator ({@link
 * io.warmgate.config.admin.Traffic}), cumulative since the pod's start. A request holds its
 * counters from the moment its rule is known: nothing is looked up by name when it is counted.
 */
@NullMarked
package io.warmgate.server.traffic;

import org.jspecify.annotations.NullMarked;

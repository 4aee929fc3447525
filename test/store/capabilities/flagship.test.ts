import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const table = new Map(
  readFileSync('store/capabilities/capabilities.csv', 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',') as [string, string]),
);

test.each([
  [
    'export',
    'rds:StartExportTask rds:CreateDBSnapshot rds:CopyDBSnapshot ec2:CreateSnapshot ec2:CopyImage ec2:ExportImage dynamodb:ExportTableToPointInTime logs:CreateExportTask s3:JobCreated s3:PutBucketReplication datasync:StartTaskExecution backup:StartCopyJob ebs:GetSnapshotBlock',
  ],
  [
    'share',
    'ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute rds:ModifyDBSnapshotAttribute s3:PutBucketPolicy s3:PutBucketAcl lambda:AddPermission ram:CreateResourceShare ssm:ModifyDocumentPermission kms:PutKeyPolicy redshift:AuthorizeSnapshotAccess',
  ],
  [
    'credential',
    'secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue ssm:GetParameters iam:CreateAccessKey iam:CreateLoginProfile iam:UpdateAccessKey ec2:GetPasswordData ec2:CreateKeyPair sts:GetFederationToken sts:GetSessionToken bedrock-agentcore:GetResourceOauth2Token ecr:GetAuthorizationToken acm:ExportCertificate',
  ],
  [
    'privilege',
    'iam:AttachRolePolicy iam:PutUserPolicy iam:CreateRole iam:UpdateAssumeRolePolicy iam:CreatePolicyVersion iam:AddUserToGroup iam:TagRole eks:CreateAccessEntry ec2:ReplaceIamInstanceProfileAssociation kms:CreateGrant rolesanywhere:CreateTrustAnchor organizations:DetachPolicy sso:CreateAccountAssignment sts:AssumeRoot',
  ],
  [
    'evade',
    'cloudtrail:StopLogging cloudtrail:DeleteTrail cloudtrail:PutEventSelectors guardduty:DeleteDetector guardduty:CreateFilter config:StopConfigurationRecorder ec2:DeleteFlowLogs logs:DeleteLogGroup s3:PutBucketVersioning organizations:LeaveOrganization iam:DeactivateMFADevice monitoring:DeleteAlarms rds:ModifyActivityStream securityhub:DisableSecurityHub',
  ],
  [
    'destroy',
    'ec2:TerminateInstances ec2:DeleteVolume rds:DeleteDBInstance dynamodb:DeleteTable s3:DeleteBucket s3:DeleteObjects s3:PutBucketLifecycle kms:ScheduleKeyDeletion sqs:PurgeQueue cloudformation:DeleteStack elasticfilesystem:DeleteFileSystem backup:DeleteRecoveryPoint secretsmanager:DeleteSecret',
  ],
  [
    'run-code',
    'lambda:Invoke lambda:UpdateFunctionCode lambda:CreateFunction ssm:SendCommand ssm:StartSession ecs:RunTask glue:CreateJob codebuild:StartBuild states:StartExecution bedrock-agentcore:InvokeAgentRuntime aws-mcp:CallReadWriteTool',
  ],
  [
    'spend',
    'ec2:RunInstances bedrock:InvokeModel bedrock:Converse servicequotas:RequestServiceQuotaIncrease',
  ],
  [
    'network',
    'ec2:AuthorizeSecurityGroupIngress ec2:CreateRoute ec2:DeleteRouteTable route53:ChangeResourceRecordSets',
  ],
  [
    'read-data',
    's3:GetObject dynamodb:Scan dynamodb:Query sqs:ReceiveMessage kms:Decrypt logs:GetLogEvents athena:GetQueryResults',
  ],
  [
    'write-data',
    's3:PutObject dynamodb:PutItem dynamodb:DeleteItem rdsdata:ExecuteStatement redshift-data:ExecuteStatement sns:Publish sqs:DeleteMessage ssm:PutParameter',
  ],
  [
    'write-config',
    'rds:ModifyDBInstance ec2:StopInstances ec2:CreateTags cloudformation:CreateStack glue:UpdateTable s3:CreateBucket cloudcontrolapi:UpdateResource',
  ],
  [
    'read-metadata',
    'sts:GetCallerIdentity sts:AssumeRole sts:AssumeRoleWithWebIdentity s3express:CreateSession rolesanywhere:CreateSession s3:ListBuckets s3:HeadObject ec2:DescribeInstances iam:ListUsers iam:GetRole secretsmanager:ListSecrets secretsmanager:DescribeSecret rds:DescribeDBInstances monitoring:GetMetricData tagging:GetResources',
  ],
])('%s: the calls it is made for', (capability, actions) => {
  const wrong = actions.split(' ').filter((action) => table.get(action) !== capability);

  expect(wrong.map((action) => [action, table.get(action)])).toEqual([]);
});
